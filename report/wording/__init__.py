"""The words of reports, tables and the command line, Japanese and English."""
