/*
 * packages.h - the system's packages, by its own programs (dpkg, dpkg-deb, systemctl), for root's
 * side of an update and for who makes one. Never used by a station: that executes nothing.
 *
 * On a computer whose root is an overlay the packages are those of the file system beneath it,
 * which is made writable only while something is installed. One thread; waits as long as it takes.
 */
#ifndef FIRMWARE_LINUX_PACKAGES_H
#define FIRMWARE_LINUX_PACKAGES_H

#include <stdbool.h>
#include <stddef.h>

#include "firmware/base/rc.h"

#define PACKAGES_BENEATH "/media/root-ro" /* where the file system under the overlay is seen */

struct packages_fields {
    char package[64], version[64], architecture[32];
};

/* What a package says of itself, all of it read. RC_BAD_INPUT: it is none, or not whole; with a
 * sentence. */
enum rc packages_read(const char *path, struct packages_fields *out_fields,
                      struct reason *out_reason) MUST_CHECK;

/* PACKAGES_BENEATH where this computer's root is an overlay, else "/". */
const char *packages_root(void);

/*
 * The version of a package that is installed, or half installed: what it was to become, or was.
 * RC_NOT_FOUND: neither; with a sentence. `out_is_whole` NULL: half is not enough.
 */
enum rc packages_version(const char *root, const char *package, char *out_version, size_t size,
                         bool *out_is_whole, struct reason *out_reason) MUST_CHECK;

/*
 * Between these the root may be written, and nobody else installs: whoever does is waited for.
 * RC_BUSY: for longer than `wait_ms`; with a sentence. A root that is no file system of its own
 * stays as it is. packages_end is called also where it failed.
 */
enum rc packages_begin(const char *root, int wait_ms, int *out_lock,
                       struct reason *out_reason) MUST_CHECK;
void packages_end(const char *root, int lock);

/*
 * Between packages_begin and packages_end. Installs a package, also an older one than is there;
 * what half an installation left is mended by it. Everything is on disk afterwards. RC_REFUSED:
 * dpkg did not do it; with a sentence.
 */
enum rc packages_install(const char *root, const char *path, struct reason *out_reason) MUST_CHECK;

/* The first line that `program` (an absolute path in that root) says to one argument. */
enum rc packages_ask(const char *root, const char *program, const char *argument, char *out_line,
                     size_t size) MUST_CHECK;

/* Is that unit running, by systemd? */
bool packages_is_active(const char *unit);

/* Asks systemd to start the computer again. */
enum rc packages_restart_computer(void) MUST_CHECK;

#endif
