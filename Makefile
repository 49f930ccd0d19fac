# Perron. `make run` shows it, `make test` proves it; `make help` lists the rest.

# --- what to build with -------------------------------------------------------------------------
# VARIANT keeps several builds side by side: "" (build/), san, clang, ...
VARIANT ?=
BUILD := build$(if $(VARIANT),/$(VARIANT))
OBJ := $(BUILD)/obj
V ?= 0
Q := $(if $(filter 0,$(V)),@)
say = $(if $(filter 0,$(V)),@printf '  %-7s %s\n' '$(1)' '$(2)')

CC ?= cc
ifeq ($(origin CC),default)
CC := gcc
endif
PKGS := sdl2 cairo pangocairo libnfc libgpiod sqlite3 libsodium jansson inih
VERSION := $(shell sed -n 's/^\#\# \([0-9][0-9.]*\).*/\1/p' CHANGELOG.md | head -1)
GPIOD_MAJOR = $(shell pkg-config --modversion libgpiod 2>/dev/null | cut -d. -f1)

CFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wpointer-arith -Wwrite-strings -Wvla
CPPFLAGS := -I. -D_GNU_SOURCE -DPERRON_VERSION='"$(VERSION)"' $(shell pkg-config --cflags $(PKGS) cmocka 2>/dev/null | sed 's/-I/-isystem /g')
ALL_CFLAGS = -std=c11 $(WARNINGS) -pthread -fno-common -fstack-protector-strong $(CFLAGS) $(SANITIZE)
LDLIBS = $(shell pkg-config --libs $(PKGS)) -lm -pthread

ifneq ($(filter san,$(VARIANT)),)
CFLAGS := -O1 -g -fno-omit-frame-pointer
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined
endif

# --- what there is ------------------------------------------------------------------------------
not_this_gpiod = firmware/linux/pins_gpiod$(if $(filter 1,$(GPIOD_MAJOR)),2,1).c
LIB_SRC = $(filter-out $(not_this_gpiod) app/main.c,$(wildcard firmware/base/*.c firmware/port/*.c \
          firmware/linux/*.c firmware/sim/*.c firmware/device/*.c app/*.c app/*/*.c app/ui/scenes/*.c))
READER_SRC := $(wildcard firmware/reader/*.c)
SUPPORT_SRC := $(filter-out %_main.c %_preload.c,$(wildcard tests/support/*.c))
TEST_SRC := $(wildcard tests/firmware/*/test_*.c tests/app/*/test_*.c tests/app/test_*.c)
PROGRAM_SRC := $(wildcard tests/support/*_main.c tests/bench/*_main.c tests/torture/*_main.c)
PRELOAD_SRC := $(wildcard tests/support/*_preload.c)

LIB := $(BUILD)/libperron.a
SUPPORT := $(BUILD)/libsupport.a
TESTS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(TEST_SRC))
# tests/support/pn532_sim_main.c becomes build/pn532-sim
PROGRAMS := $(foreach s,$(PROGRAM_SRC),$(BUILD)/$(subst _,-,$(patsubst %_main.c,%,$(notdir $(s)))))
PRELOADS := $(patsubst tests/support/%.c,$(BUILD)/%.so,$(PRELOAD_SRC))
objects = $(patsubst %.c,$(OBJ)/%.o,$(1))

# --- the rules ----------------------------------------------------------------------------------
.PHONY: all
all: $(BUILD)/perron $(BUILD)/perron-reader $(PROGRAMS) $(PRELOADS) locales man

$(OBJ)/%.o: %.c $(OBJ)/.flags
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Recompile everything when the compiler or its flags change.
$(OBJ)/.flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CPPFLAGS) $(ALL_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(CPPFLAGS) $(ALL_CFLAGS)' > $@
.PHONY: FORCE

$(LIB): $(call objects,$(LIB_SRC))
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

$(SUPPORT): $(call objects,$(SUPPORT_SRC))
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

$(BUILD)/perron: $(OBJ)/app/main.o $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/perron-reader: $(call objects,$(READER_SRC)) $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $^ -lnfc -pthread

$(PROGRAMS): $(BUILD)/%: $(LIB) $(SUPPORT)
$(foreach s,$(PROGRAM_SRC),$(eval $(BUILD)/$(subst _,-,$(patsubst %_main.c,%,$(notdir $(s)))): $(call objects,$(s))))
$(PROGRAMS):
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $(filter %.o,$^) $(SUPPORT) $(LIB) $(LDLIBS)

$(PRELOADS): $(BUILD)/%.so: tests/support/%.c
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CPPFLAGS) -std=c11 $(WARNINGS) -O2 -g -fPIC -shared -o $@ $< -ldl -pthread

$(TESTS): $(BUILD)/tests/%: $(OBJ)/tests/%.o $(SUPPORT) $(LIB)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $< $(SUPPORT) $(LIB) -lcmocka $(LDLIBS)

.PHONY: tests
tests: $(TESTS)

-include $(shell find $(OBJ) -name '*.d' 2>/dev/null)

.SECONDARY:
