"""戸籍: who its entries are, and the parents, adoptions and marriages that it states."""
