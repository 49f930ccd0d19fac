/*
 * player.h - plays stories (flows) through a whole station: real register, real pictures, the
 * simulated reader, and a clock that only the story moves. With the real reader's process in its
 * place badges are cards on a simulated PN532, and the story's time is real time.
 *
 * A flow is a text, one step a line, '#' begins a comment:
 *
 *   at 2026-11-25 13:48      the wall clock when the station opens (first line; local time)
 *   tap Zoé                  a badge of the people list, by first name, number, or in hex
 *   hold Zoé                 the same, but the badge stays in the field
 *   remove
 *   wait 12s                 (ms, s, m, h)
 *   press undo               the first button of that name; "press hour-more x3" three times
 *   press-twice go-on        a finger touches it twice before the station has answered
 *   type Zoé D               the keys of the screen's keyboard, one after the other, whatever is
 *                            written on them; "noted" types what was noted
 *   sign                     draws something that can be a signature, where one is asked for
 *   note                     writes down the code that the page tells once; "note 2": of several
 *   occasion basket-pick-up "Paniers" at 2026-11-25 16:00 for 3h    what takes place, by its kind
 *   baskets 1002;grand;2026-12-02;1003 | 1003;petit;;    who has one, all of them: number, size,
 *                            pauses, who may fetch it
 *   willing 1003             looks after newcomers, and may be seen in the house
 *   unplug, plug             the reader
 *   push button              the one beside the door, which calls help
 *   empty circles.conf           a file of the house has nothing in it
 *   plug stick, plug stick full    a USB stick; or read-only, stuck, blank, foreign, several, ...
 *   pull stick
 *   hold stick, let stick go on    what is carried waits on its way, while others tap
 *   put people.csv number;first_name|1050;Lou    a file on the stick, and its lines
 *   card takes people.csv number;first_name|1050;Lou    the same on the station's own card, which
 *                            is read when it starts; "perron/people.csv" is in a folder there
 *   card loses people.csv
 *   update stick 0.9.1       a new version on the stick, signed; also "update boot", of the boot
 *                            partition; behind it: unsigned, by-others, damaged, foreign, half
 *   update key away          the station has no key to know updates by; "update key back"
 *   update says trying 0.9.1 root's side says so; "refused 0.9.1 older"
 *   expect brought           the package and its line are there for root's side; "expect nothing
 *                            brought"
 *   expect on stick visits.csv   somewhere on it, with * as in a shell; "expect not on stick"
 *   disk full, disk free     the register cannot grow, or can again
 *   clock unset              the clock is lost: the next step runs in 1970
 *   clock 2026-11-25 14:02   somebody sets it
 *   set [venue]|name = Here  lines of perron.conf, which count after a restart
 *   restart                  the station is closed and opened again (same boot)
 *   reboot                   the same in another boot
 *   expect scene greeting    what stands on the screen
 *   expect page code         what stands behind the results; "none" at home
 *   expect language fr       what the page speaks
 *   expect button undo       there is one of that name; "expect no button undo": there is not
 *   expect text Hello        stands somewhere on the screen; "expect no text Hello"; "noted" is
 *                            what was noted
 *   expect typed Zoé         what is in the field, or "nothing"
 *   expect here 3            who is in the house
 *   expect visits 4          rows in the register
 *   expect visit 2 Zoé 13:48 tap 16:00 corrected +2+1    the second: how it began and ended, guests
 *   expect newcomers 2       who are on the way of a first visit
 *   expect newcomer 1 Lou same 1    the first of them: how many others have that name
 *   expect touches 15        no more buttons were pressed and badges tapped since this was last
 *                            expected; tells how many
 *   expect trace pin green on    a line of effects since the last tap, press or text typed
 *   expect no trace hush
 *   screenshot NAME WORDS    into the output folder; the words stand below it on a strip
 *   title WORDS              above the strip
 *   say TEXT                 told to the reader of the story
 */
#ifndef TESTS_SUPPORT_PLAYER_H
#define TESTS_SUPPORT_PLAYER_H

#include <stdbool.h>
#include <stdio.h>

#include "firmware/base/rc.h"

struct player_config {
    const char *data;   /* data folder, people already imported */
    const char *people; /* the list the badges' names come from */
    const char *board;  /* the board's file */
    const char *out;    /* where pictures go; NULL: none are made */
    const char *strip;  /* all of them on one, in order; NULL: none is made */
    FILE *lines;        /* a line per step that happened; NULL: silence */
    bool is_real_reader;
};

/*
 * Plays a flow file. RC_REFUSED: an expectation was not met, out_reason names file, line, what was
 * expected and what was there.
 */
enum rc player_play(const struct player_config *config, const char *flow,
                    struct reason *out_reason) MUST_CHECK;

#endif
