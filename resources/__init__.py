"""What the program carries with it: translations, the sample community, icons and themes. Read with importlib.resources."""
