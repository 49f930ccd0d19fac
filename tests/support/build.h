/*
 * build.h - where the build that is tested lies. Any thread.
 */
#ifndef TESTS_SUPPORT_BUILD_H
#define TESTS_SUPPORT_BUILD_H

/* The folder of its programs, from the project's top: $PERRON_BUILD, or "build". */
const char *build_folder(void);

#endif
