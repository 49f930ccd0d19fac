#include "app/ui/fault.h"

#include <stddef.h>

#include "app/ui/words.h"

static const struct fault_text texts[FAULT_KINDS] = {
    [FAULT_SETTINGS] = {WORDS_MARK("There is a mistake in the settings."),
                        WORDS_MARK("Correct the line named below.")},
    [FAULT_UNREADABLE] = {WORDS_MARK("The settings cannot be read."),
                          WORDS_MARK("Look at the file named below.")},
    [FAULT_FOLDER] = {WORDS_MARK("The register cannot be written."),
                      WORDS_MARK("Look at its folder and its disk.")},
    [FAULT_FULL] = {WORDS_MARK("The disk of the register is full."),
                    WORDS_MARK("Delete something on it.")},
    [FAULT_AWAY] = {WORDS_MARK("The register is not in its place."),
                    WORDS_MARK("Put its folder or its disk back.")},
    [FAULT_BUSY] = {WORDS_MARK("Another program holds the register."),
                    WORDS_MARK("Close that program.")},
    [FAULT_KEY] = {WORDS_MARK("The key is missing or damaged."),
                   WORDS_MARK("Put a good copy of venue.key back.")},
    [FAULT_REGISTER] = {WORDS_MARK("The register is damaged."),
                        WORDS_MARK("Put the last good copy in its place.")},
    [FAULT_NEWER] = {WORDS_MARK("This version of Perron is too old."),
                     WORDS_MARK("Install the one that wrote the register.")},
    [FAULT_READER] = {WORDS_MARK("The badge reader cannot be set up."),
                      WORDS_MARK("Look at its cable and its address.")},
    [FAULT_MEMORY] = {WORDS_MARK("The computer has no memory left."),
                      WORDS_MARK("Switch the station off and on again.")},
    [FAULT_OTHER] = {WORDS_MARK("The station cannot start."),
                     WORDS_MARK("Switch it off and on again.")},
};

const struct fault_text *fault_text(enum fault_kind kind)
{
    return kind == FAULT_NONE ? NULL : &texts[kind];
}
