"""The ways to draw a report: Word, web page, PDF, workbook, CSV.  Each loads its library late."""
