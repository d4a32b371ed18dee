"""Case sheet to conclusions: red flags, causes in order, next steps."""
