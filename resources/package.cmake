# What is installed where, and the Debian package.
