"""What surrounds a reading and weighs it: whose it is, of when, of which cause, and whether it is over."""
