"""The language data, compiled: words in classes with all their forms, headings, and tokens as the data knows them."""
