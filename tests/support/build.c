#include "tests/support/build.h"

#include <stdlib.h>

const char *build_scratch(void)
{
    const char *folder = getenv("PERRON_SCRATCH");
    return folder ? folder : "/tmp";
}

const char *build_folder(void)
{
    const char *folder = getenv("PERRON_BUILD");
    return folder ? folder : "build";
}
