# The page is typed in the checkout, as its examples are there.
cd "$REPOINT"
