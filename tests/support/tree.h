/*
 * tree.h - folders with all that is in them: copied, removed, and held against what they were. What
 * should work and doesn't ends the program (house.h). One thread.
 */
#ifndef TESTS_SUPPORT_TREE_H
#define TESTS_SUPPORT_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is in a file, whole; free() it. */
char *tree_read(const char *path, size_t *out_length);
void tree_write(const char *path, const char *bytes, size_t length);

/* The folder's files and folders into a new folder `to`. */
void tree_copy(const char *from, const char *to);

/* Links are removed, not followed; nothing where there is none. */
void tree_remove(const char *folder);

/*
 * Names, kinds, rights and the bytes of every file as one number, in whatever order they lie;
 * `passes` is asked by path below the folder, NULL: all. Of a file over 64 MB its size alone.
 */
uint64_t tree_sum(const char *folder, bool (*passes)(const char *path));

/* Plain files with paths that fit, below the folder and in the order of the paths. How many. */
int tree_list(const char *folder, char (*out_paths)[128], int max);

#endif
