/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_SYMBOL_FINDER_H
#define FILES_SYMBOL_FINDER_H

/*
 * Looks symbols up by name (model/place_symbol.h) in the objects that a process maps. The program
 * comes before libraries, and these before the loader and what else is mapped, as in the order in
 * which a dynamic loader resolves names. Takes as long as the file systems of all of them do.
 */

#include "model/place_symbol.h"

struct inside_cache;

/* Symbols out of the cache, which fills; used and destroyed by the caller. */
struct place_symbols symbol_finder_make(struct inside_cache *cache);

#endif
