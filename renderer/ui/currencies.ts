/** The currencies that a person is offered to choose from; any other can be typed. */
export const currencies = ['ARS', 'USD', 'UYU', 'CLP', 'BRL', 'PYG', 'EUR', 'GBP'];
