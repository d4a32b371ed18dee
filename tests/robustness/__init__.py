"""What must hold whatever is sent, for however long: faults, bad input, load, order, and the table that lists them."""
