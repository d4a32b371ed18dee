"""What notes write in rows, boxes, tables and grades, written out as the sentences they stand for."""
