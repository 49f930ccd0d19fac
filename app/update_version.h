/*
 * update_version.h - which of two Debian versions is the newer one (deb-version(7)), without asking
 * dpkg: a station executes nothing. Pure; any thread.
 */
#ifndef APP_UPDATE_VERSION_H
#define APP_UPDATE_VERSION_H

#include <stdbool.h>

/* Made of the letters versions have, beginning with a digit, and not too long? */
bool update_version_is_valid(const char *version);

/* Below 0: `a` is older; above: newer. Of valid versions. */
int update_version_compare(const char *a, const char *b);

/* Is that package one of that program? A build adds to the version: 0.9.1+deb13 is of 0.9.1. */
bool update_version_is_of(const char *package, const char *program);

#endif
