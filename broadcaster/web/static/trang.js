// What the pages do beyond their forms; every one of them works without this file.
"use strict";
