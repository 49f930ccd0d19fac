/*
 * venue_take.h - files that a venue wrote elsewhere, made those of its data folder: all of them or
 * none, also over a power cut.
 *
 *   venue.part     copies, while somebody looks at what they would change
 *   venue.next     all of them, once they are taken; what is in it goes to its place, also after a
 *                  power cut, at the next start
 *   venue.before   what was there until then, of the last time
 *
 * What does not come along (perron.conf, circles.conf or welcome) stays as it is; welcome comes as
 * a whole. Whoever takes holds a lock on the data folder, so there is one at a time. The station
 * may run meanwhile: it reads these files when it starts, circles and statutes within a minute.
 * One thread at a time; blocks as long as the devices do.
 */
#ifndef APP_VENUE_TAKE_H
#define APP_VENUE_TAKE_H

#include "app/venue_files.h"
#include "firmware/base/rc.h"

#define VENUE_TAKE_NAME_BYTES 80
#define VENUE_TAKE_FILES (2 + VENUE_WELCOME_FILES)
#define VENUE_TAKE_UNUSED 8

enum venue_change { VENUE_NEW, VENUE_CHANGED, VENUE_SAME, VENUE_GONE };

struct venue_take_file {
    char name[VENUE_TAKE_NAME_BYTES]; /* "welcome/hello.fr.txt" */
    enum venue_change change;
};

struct venue_take;

/*
 * Copies what has a name that Perron knows out of the open folder `from`, which stays open, with
 * limits and without links. What cannot be a file of a venue is a problem, and not copied. With a
 * sentence: RC_EMPTY (nothing of a venue is in it), RC_BUSY (somebody else is taking one),
 * RC_LIMIT, else what the devices say. End with venue_take_close.
 */
enum rc venue_take_open(const char *data, int from, struct venue_take **out_take,
                        struct reason *out_reason) MUST_CHECK;

/* The same with only some of it, 1 << enum venue_part each; the others are not looked at. */
enum rc venue_take_open_parts(const char *data, int from, unsigned parts,
                              struct venue_take **out_take, struct reason *out_reason) MUST_CHECK;

/* Takes the copies away, where they were not taken. Takes NULL. */
void venue_take_close(struct venue_take *take);

/* What could not be copied: file and sentence. */
const struct problems *venue_take_problems(const struct venue_take *take);

/* Names that Perron does not know, fit to show; *out_beyond: how many more. */
int venue_take_unused(const struct venue_take *take, int *out_beyond,
                      const char (**out_names)[VENUE_TAKE_NAME_BYTES]);

/*
 * All that would be wrong in the house then: the copies, beside what stays. `welcome` is the one
 * that a house has without its own; NULL: none. As venue_check_files.
 */
enum rc venue_take_check(const struct venue_take *take, const char *welcome,
                         struct venue_check *out_check) MUST_CHECK;

/*
 * Calls `file` for each copy, by name, then for each file of a welcome that is not in the new one;
 * ends with its first result that is not RC_OK.
 */
enum rc venue_take_compare(const struct venue_take *take,
                           enum rc (*file)(void *context, const struct venue_take_file *file),
                           void *context) MUST_CHECK;

/*
 * The copies take the place of what is there. Once only. After a failure nothing is changed, or
 * the rest is done at the next start: the sentence says which.
 */
enum rc venue_take_swap(struct venue_take *take, struct reason *out_reason) MUST_CHECK;

/*
 * Ends what a power cut interrupted; before anything of a venue is read. RC_OK also where there was
 * nothing to end, or no such folder. RC_BUSY: somebody is at it.
 */
enum rc venue_take_finish(const char *data) MUST_CHECK;

#endif
