"""The application: bootstrap, command line and windows."""
