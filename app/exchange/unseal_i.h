/*
 * unseal_i.h - what unseal.c (files) and unseal_folder.c (the folders they are in) share. Nobody
 * else includes it.
 */
#ifndef APP_EXCHANGE_UNSEAL_I_H
#define APP_EXCHANGE_UNSEAL_I_H

#include <limits.h>

#include "firmware/base/rc.h"

/* Makes the folders that `name` is in below `folder`; *out_within: the last of them. With a
 * sentence. */
enum rc unseal_make_folders(const char *folder, const char *name, char out_within[PATH_MAX],
                            struct reason *out_reason) MUST_CHECK;

#endif
