"""The offer: places to park elsewhere, which vehicles could go where, how long that takes, how far it was taken up."""
