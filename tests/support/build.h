/*
 * build.h - where the build that is tested lies, and where tests may write. Any thread.
 */
#ifndef TESTS_SUPPORT_BUILD_H
#define TESTS_SUPPORT_BUILD_H

/* The folder of its programs, from the project's top: $PERRON_BUILD, or "build". */
const char *build_folder(void);

/*
 * Where tests put what they bring to disk and remove again: $PERRON_SCRATCH, or "/tmp". At most 24
 * bytes long.
 */
const char *build_scratch(void);

#endif
