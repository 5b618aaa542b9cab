"""The pages for people: addresses of the explorer → answers of the same functions as the API → HTML."""
