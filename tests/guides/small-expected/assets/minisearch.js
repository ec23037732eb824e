29415 characters
