/** Every specification of what evaluation concludes holds. */
import { pagesIn } from './markdown/pages.js';
import { specify } from './markdown.js';

for (const page of pagesIn('test/interpreter')) specify(page);
