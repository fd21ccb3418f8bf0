import { useId } from 'preact/hooks';
import { Button } from './toolkit';

interface NumberFieldProps {
  label: string;
  /** Unit, or the value as it is now. */
  hint: string;
  /** As entered; empty for nothing. */
  value: string;
  least: number;
  /** Buttons beside it, by what they say; `from` is where they start in an empty field. */
  steps?: { fewer: string; more: string; from: number };
  onEnter: (value: string) => void;
}

/** A number to type, or to step by the arrow keys and by buttons. The toolkit has no such field. */
export function NumberField({ label, hint, value, least, steps, onEnter }: NumberFieldProps) {
  const id = useId();
  const step = (by: number) => {
    const from = value === '' ? (steps?.from ?? least) : Number(value);
    onEnter(String(Math.max(least, from + by)));
  };
  return (
    <div class="number-field">
      <label for={id}>{label}</label>
      <span class="entry">
        {steps && (
          <Button onClick={() => step(-1)} label={steps.fewer} title={steps.fewer}>
            −
          </Button>
        )}
        <input
          id={id}
          type="number"
          min={least}
          value={value}
          aria-describedby={hint === '' ? undefined : `${id}-hint`}
          onInput={({ currentTarget }) => onEnter(currentTarget.validity.valid ? currentTarget.value : '')}
        />
        {steps && (
          <Button onClick={() => step(1)} label={steps.more} title={steps.more}>
            +
          </Button>
        )}
        <span class="quiet" id={`${id}-hint`}>
          {hint}
        </span>
      </span>
    </div>
  );
}
