STOCK = "stock"
