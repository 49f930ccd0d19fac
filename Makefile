# Perron. `make run` shows it, `make test` proves it; `make help` lists the rest.

.DEFAULT_GOAL := all

# --- what to build with -------------------------------------------------------------------------
# VARIANT keeps several builds side by side: "" (build/), san, clang, ...
VARIANT ?=
BUILD := build$(if $(VARIANT),/$(VARIANT))
OBJ := $(BUILD)/obj
V ?= 0
Q := $(if $(filter 0,$(V)),@)
say = $(if $(filter 0,$(V)),@printf '  %-7s %s\n' '$(1)' '$(2)')

ifeq ($(origin CC),default)
CC := $(if $(filter clang,$(VARIANT)),clang,gcc)
endif
PKG_CONFIG ?= pkg-config
PKGS := sdl2 x11 cairo pangocairo libqrencode libnfc libgpiod sqlite3 libsodium jansson inih espeak-ng libsystemd libical xlsxwriter zlib
TEST_PKGS := libpng
VERSION := $(shell sed -n 's/^\#\# \([0-9][0-9.]*\).*/\1/p' CHANGELOG.md | head -1)
# Quiet without pkg-config: `make run` and `make test` install it first and start make again.
pkg_config = $(shell $(PKG_CONFIG) $(1) 2>/dev/null)
GPIOD_MAJOR := $(firstword $(subst ., ,$(call pkg_config,--modversion libgpiod)))

# A sanitizer's report needs lines, no variables; a program at a fixed address starts sooner. clang is asked for its
# warnings alone: they need neither optimizer nor machine code, so its objects hold bitcode and are not to be linked.
cflags_san := -O1 -g1 -fno-pie -fno-omit-frame-pointer
cflags_clang := -O0 -emit-llvm
CFLAGS ?= $(or $(cflags_$(VARIANT)),-O2 -g)
comma := ,
SANITIZE := $(if $(filter san,$(VARIANT)),-fsanitize=address$(comma)undefined -fno-sanitize-recover=undefined)
WARNINGS := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wpointer-arith -Wwrite-strings -Wvla
ALL_CPPFLAGS := -I. -D_GNU_SOURCE -DPERRON_VERSION='"$(VERSION)"' \
                $(patsubst -I%,-isystem %,$(call pkg_config,--cflags $(PKGS)))$(if $(CPPFLAGS), $(CPPFLAGS))
ALL_CFLAGS = -std=c11 $(WARNINGS) -pthread -fno-common -fstack-protector-strong $(CFLAGS) $(SANITIZE)
LDLIBS := $(call pkg_config,--libs $(PKGS)) -lm -pthread
TEST_LDLIBS := $(call pkg_config,--libs $(TEST_PKGS)) $(LDLIBS)
# Each of many test programs has the whole library in it: lld takes a third of the time.
TEST_LINKER := $(if $(shell command -v ld.lld),-fuse-ld=lld)
LINK_san := -no-pie

# --- what there is ------------------------------------------------------------------------------
not_this_gpiod := firmware/linux/pins_gpiod$(if $(filter 1,$(GPIOD_MAJOR)),2,1).c
LIB_SRC := $(filter-out $(not_this_gpiod) app/main.c,$(wildcard firmware/base/*.c firmware/port/*.c \
          firmware/linux/*.c firmware/sim/*.c firmware/device/*.c app/*.c app/*/*.c app/ui/scenes/*.c))
READER_SRC := $(wildcard firmware/reader/*.c)
SUPPORT_SRC := $(filter-out %_main.c %_preload.c tests/support/test_%.c tests/image/test_%.c,$(wildcard tests/support/*.c tests/image/*.c))
not_this_gpiod_test := tests/firmware/linux/test_pins_gpiod$(if $(filter 1,$(GPIOD_MAJOR)),2,1).c
TEST_SRC := $(filter-out $(not_this_gpiod_test),$(sort $(shell find tests -name 'test_*.c' 2>/dev/null)))
PROGRAM_SRC := $(wildcard tests/support/*_main.c tests/bench/*_main.c tests/torture/*_main.c tests/image/*_main.c)
PRELOAD_SRC := $(wildcard tests/support/*_preload.c)

LIB := $(BUILD)/libperron.a
SUPPORT := $(BUILD)/libsupport.a
TESTS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(TEST_SRC))
# tests/support/pn532_sim_main.c becomes build/pn532-sim
PROGRAMS := $(foreach s,$(PROGRAM_SRC),$(BUILD)/$(subst _,-,$(patsubst %_main.c,%,$(notdir $(s)))))
PRELOADS := $(patsubst tests/support/%.c,$(BUILD)/%.so,$(PRELOAD_SRC))
objects = $(patsubst %.c,$(OBJ)/%.o,$(1))

# --- what to do ---------------------------------------------------------------------------------
# Both cores, unless the caller says how many.
JOBS = --no-print-directory $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

.PHONY: help run test test-whole check debian13 deb test-deb image test-image test-image-whole screens pictures golden torture torture-ci bench bench-ci format clean
help: ## list these
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' Makefile | expand -t 14

run: ## install what is missing, build, show the station (a window, or headless)
	@scripts/setup.sh build run
	@$(MAKE) $(JOBS) all
	@scripts/run.sh

test: ## install what is missing, build with gcc, clang and sanitizers, check, test
	@scripts/setup.sh build run test office check
	@MAKE='$(MAKE) $(JOBS)' scripts/test.sh

check: ## the checks alone: layers, format, cppcheck, shellcheck, translations
	@scripts/setup.sh build check
	@scripts/test.sh --checks

debian13: ## compile and test this tree in a Debian 13 chroot
	@scripts/setup.sh debian13
	@scripts/debian13.sh

deb: ## build the Debian package for this machine, into build/deb
	@scripts/setup.sh build deb
	@scripts/deb.sh

test-deb: ## build the packages of both Debians, install, upgrade, remove and run them in chroots
	@scripts/setup.sh build deb debian13
	@scripts/test-deb.sh

image: ## build the SD card's image for a Raspberry Pi 3 or 4, into build/image
	@scripts/setup.sh build deb image
	@scripts/image.sh

test-image: ## start the image in QEMU: a real kernel, screen, reader, pins, stick, power cuts
test-image-whole: ## the same, with every bad stick and the updates that are not to stay
test-image test-image-whole: image
	@scripts/setup.sh build run guest
	@$(MAKE) $(JOBS) $(BUILD)/image-test $(BUILD)/perron
	@scripts/test-image.sh $(if $(filter %-whole,$@),--whole)

screens: ## draw every screen into build/screens, and all of them on one picture
	@scripts/setup.sh build run
	@$(MAKE) $(JOBS) $(BUILD)/draw-screens locales venue
	@rm -rf --one-file-system $(BUILD)/screens
	@PERRON_BUILD=$(BUILD) $(BUILD)/draw-screens $(BUILD)/screens --contact $(BUILD)/screens/contact-sheet.png
	@echo 'All screens: $(BUILD)/screens/contact-sheet.png'

pictures: ## judge every screen on all sizes, in all languages
	@scripts/setup.sh build run test
	@$(MAKE) $(JOBS) $(BUILD)/tests/app/ui/test_pictures locales venue
	@PERRON_BUILD=$(BUILD) PERRON_WHOLE=yes $(BUILD)/tests/app/ui/test_pictures

# Of what these try, `make test` tries a part.
WHOLE := app/command/test_numbers_kept app/store/test_migration app/store/test_welcome_faults app/ui/test_reading app/exchange/test_people app/ui/test_widget app/ui/test_pictures
test-whole: ## the longest tests at full size, with sanitizers
	@scripts/setup.sh build run test
	@$(MAKE) $(JOBS) VARIANT=san all $(WHOLE:%=build/san/tests/%)
	@PERRON_WHOLE=yes scripts/run-tests.sh --limit 900 build/san $(WHOLE:%=build/san/tests/%)

golden: ## draw the pictures that tests hold the screens to anew: look at them before
	@scripts/setup.sh build run
	@MAKE='$(MAKE) $(JOBS)' scripts/golden.sh

torture: ## power cuts, kills and faults, at full size
torture-ci: ## the same, a few minutes
bench: ## how fast and how small, at full size
bench-ci: ## the same, a few minutes
torture torture-ci bench bench-ci:
	@scripts/setup.sh build run test
	@$(MAKE) $(JOBS) all
	@scripts/run-suite.sh $(if $(filter %-ci,$@),--ci) $(BUILD) $(patsubst %-ci,%,$@)

format: ## lay the C out as .clang-format says
	@scripts/check-format.sh --fix

clean: ## remove all that was built
	rm -rf --one-file-system build

# --- the rules ----------------------------------------------------------------------------------
.PHONY: all product objects layers locales venue boards man
all: layers product $(PROGRAMS) $(PRELOADS) ## build everything but the tests
product: $(BUILD)/perron $(BUILD)/perron-reader locales venue boards man ## build what is installed
objects: $(call objects,$(sort app/main.c $(LIB_SRC) $(READER_SRC) $(SUPPORT_SRC) $(TEST_SRC) $(PROGRAM_SRC)))

# Who may know whom: an include that its room may not have fails the build.
layers:
	$(Q)scripts/check-layers.sh

$(OBJ)/%.o: %.c $(OBJ)/.flags
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Recompile everything when the compiler or its flags change.
$(OBJ)/.flags: FORCE
	@$(PKG_CONFIG) --exists $(PKGS) $(TEST_PKGS) || { echo 'Packages are missing: scripts/setup.sh installs them.' >&2; exit 1; }
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS)' > $@
.PHONY: FORCE

$(LIB): $(call objects,$(LIB_SRC))
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(SUPPORT): $(call objects,$(SUPPORT_SRC))
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/perron: $(OBJ)/app/main.o $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(LINK_$(VARIANT)) -o $@ $^ $(LDLIBS)

$(BUILD)/perron-reader: $(call objects,$(READER_SRC)) $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(LINK_$(VARIANT)) -o $@ $^ -lnfc -pthread

$(PROGRAMS): $(BUILD)/%: $(LIB) $(SUPPORT)
$(foreach s,$(PROGRAM_SRC),$(eval $(BUILD)/$(subst _,-,$(patsubst %_main.c,%,$(notdir $(s)))): $(call objects,$(s))))
$(PROGRAMS):
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(LINK_$(VARIANT)) -o $@ $(filter %.o,$^) $(SUPPORT) $(LIB) $(TEST_LDLIBS)

$(PRELOADS): $(BUILD)/%.so: tests/support/%.c
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_CPPFLAGS) -std=c11 $(WARNINGS) -O2 -g -fPIC -shared -o $@ $< -ldl -pthread

$(TESTS): $(BUILD)/tests/%: $(OBJ)/tests/%.o $(SUPPORT) $(LIB)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(LINK_$(VARIANT)) $(TEST_LINKER) -o $@ $< $(SUPPORT) $(LIB) -lcmocka $(MORE_LDLIBS) $(TEST_LDLIBS)
$(BUILD)/tests/board/test_filter: MORE_LDLIBS := -lseccomp

.PHONY: tests test-programs
tests: $(TESTS)
test-programs:
	@printf '%s\n' $(TESTS)

-include $(shell find $(OBJ) -name '*.d' 2>/dev/null)

.SECONDARY:

man: $(BUILD)/perron.1
$(BUILD)/perron.1: app/share/man/perron.1.scd
	@mkdir -p $(@D)
	$(call say,MAN,$@)
	$(Q)scdoc < $< > $@.new && mv $@.new $@

# Locales of our own, so that every language is there whatever the system has.
locales: $(BUILD)/locale/.stamp
$(BUILD)/locale/.stamp: scripts/locales.sh $(wildcard app/share/po/*.po)
	$(call say,PO,$(BUILD)/locale)
	$(Q)scripts/locales.sh $(BUILD)/locale && touch $@

# What a house has that says nothing, beside the program.
VENUE := $(shell find app/share/venue -type f)
venue: $(BUILD)/venue/.stamp
$(BUILD)/venue/.stamp: $(VENUE)
	$(call say,COPY,$(BUILD)/venue)
	$(Q)rm -rf --one-file-system $(BUILD)/venue && mkdir -p $(BUILD)/venue
	$(Q)cp -r app/share/venue/. $(BUILD)/venue/ && touch $@

# Boards and their parts, beside the program.
BOARDS := $(wildcard board/*.conf $(foreach part,screen reader pins machine,board/$(part)/*.conf))
boards: $(BUILD)/board/.stamp
$(BUILD)/board/.stamp: $(BOARDS)
	$(call say,COPY,$(BUILD)/board)
	$(Q)rm -rf --one-file-system $(BUILD)/board && mkdir -p $(BUILD)/board
	$(Q)cd board && cp --parents $(BOARDS:board/%=%) $(CURDIR)/$(BUILD)/board/ && touch $(CURDIR)/$@
