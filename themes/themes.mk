dist_themes_DATA = \
	themes/colour-blind.theme \
	themes/default.theme \
	themes/gruvbox.theme \
	themes/high-contrast.theme \
	themes/mono.theme \
	themes/nord.theme

# The default theme is compiled in, so that the program works without any file; its text goes
# through the same parser as a user's.
default_theme_c = src/screen/theme_default.c
BUILT_SOURCES += $(default_theme_c)
CLEANFILES += $(default_theme_c)

$(default_theme_c): themes/default.theme themes/themes.mk
	$(AM_V_GEN)$(MKDIR_P) src/screen && { \
		echo '#include "screen/theme.h"'; \
		echo 'const char theme_default_text[] = {'; \
		od -A n -v -t x1 $(srcdir)/themes/default.theme | \
			$(SED) -e 's/\([0-9a-f][0-9a-f]\)/0x\1,/g'; \
		echo '0};'; \
		echo 'const size_t theme_default_length = sizeof(theme_default_text) - 1;'; \
	} >$@-t && mv $@-t $@
