"""Reading what is written: one area a module, each a class the books inherit."""
