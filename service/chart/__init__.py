"""The frozen chart of one patient on one day: timeline, operations, studies, measurements, medications."""
