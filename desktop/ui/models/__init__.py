"""Table models: lists of numbers with a page cache of records, so that 100,000 rows are as quick as ten."""
