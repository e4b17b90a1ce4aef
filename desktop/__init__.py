"""Belfry, the program: one room for each concern; see CONTRIBUTING.md for who may import whom."""
