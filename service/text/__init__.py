"""Running text to statements: documents, sections, sentences, phrases, and what is said of each."""
