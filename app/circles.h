/*
 * circles.h - the circles of a house, in circles.conf of its data folder.
 *
 *   [circles]       far_over   (150)      per cent of what was intended: more is far over
 *                   far_under  (50)       less is far under; 0: nothing is
 *                   talk_to    (nobody)   with whom to talk one's circle over: a name, as screens
 *                                         say it
 *   [circle NAME]   hours      (needed)   a month; 0 to CIRCLE_HOURS_MAX, 2.5 or 2,5
 *                   organisation (any)    whose hours alone count, and whose people alone `may`
 *                                         reaches, by its name
 *                   may        (nothing)  rights of its members, by role.h; of an organisation
 *                                         none of RIGHTS_OF_HOUSE
 *                   fr, nl, en (NAME)     what a screen calls it
 *                   fr_line, nl_line, en_line   what it is, in a sentence
 *
 * The order in the file is that of the screen. NAME is what lists of people and facts call it.
 * app/share/venue/circles.conf is there to be copied.
 */
#ifndef APP_CIRCLES_H
#define APP_CIRCLES_H

#include "app/domain/circle.h"
#include "app/problems.h"

#define CIRCLES_FILE "circles.conf"

/*
 * A missing file is circle_default, one without circles a house that has none. Mistakes come with
 * file, line and what to do; *out_circles is untouched then.
 */
enum rc circles_read(const char *path, struct circle_list *out_circles,
                     struct reason *out_reason) MUST_CHECK;

/*
 * The same with all the mistakes, not the first alone. RC_BAD_INPUT where there are some.
 */
enum rc circles_check(const char *path, struct circle_list *out_circles,
                      struct problems *problems) MUST_CHECK;

#endif
