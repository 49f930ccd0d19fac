#include <stdio.h>

#include "app/command/command.h"

static int run(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return COMMAND_FAILED;
}
const struct command command_doctor = {"doctor", "", "", run};
const struct command command_export = {"export", "", "", run};
