const published = require('./published.cjs');

import('countersign').then(published.check);
