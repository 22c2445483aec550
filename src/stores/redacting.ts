/** What a store needs of the redactor: the same value with every secret replaced. */
export interface Redacting {
  redactValue<Value>(value: Value): Value;
}
