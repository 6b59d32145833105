"""The pages, a module each: a function from a visit to a response."""
