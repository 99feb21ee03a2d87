"""Reading of names, kana, addresses and dates as Japanese registers write them."""
