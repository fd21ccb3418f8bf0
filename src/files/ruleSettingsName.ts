/** What the file is called that says which rules run. */
export const ruleSettingsName = '.backpressurerc';
