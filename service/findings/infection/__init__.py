"""Signs of infection and other complications: blood values, vital signs, wounds."""
