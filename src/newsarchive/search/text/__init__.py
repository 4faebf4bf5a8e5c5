"""What every engine agrees on: terms of a text, stems, and where a query stands in a text."""
