"""One module for each form in which a document comes: its bytes in, its words out, or the reason why there are none.

Each is imported when the first document of its form comes, so that a chart without any costs neither time nor memory.
"""
