"""⑤ The rundown on air."""
