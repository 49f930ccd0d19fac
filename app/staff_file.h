/*
 * staff_file.h - staff.conf: the first staff badge and PIN, and the way back in after losing both.
 *
 *   [staff]  number  first_name  last_name  badge  pin
 *
 * A number or a first name, and the PIN, have to be there.
 *
 * Whoever holds the SD card may write it there. It is taken once, when the station starts, and
 * written over with a note, because a PIN must not stay readable on a card. Who is named by number,
 * or by the whole name, and is made where the house does not know them. Runs where the journal
 * runs; hashes a PIN, so it takes tens of milliseconds and more.
 */
#ifndef APP_STAFF_FILE_H
#define APP_STAFF_FILE_H

#include "app/store/journal.h"

/*
 * Takes `folder`/staff.conf into the register, whole or not at all. RC_OK with a sentence: it is
 * done. RC_EMPTY: there is no file, or nothing is set in it (it was taken before). Any other
 * failure comes with a sentence that names file and line, and no person, badge or PIN; it also says
 * where the file was taken but could not be written over.
 */
enum rc staff_file_take(const char *folder, struct journal *journal,
                        const struct clock_reading *now, struct reason *out_reason) MUST_CHECK;

#endif
