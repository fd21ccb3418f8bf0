import { Component, h, type FunctionComponent } from 'preact';

/** A part that renders again only when one of its props is another. (Preact's own brings all of preact/compat.) */
export function memo<Props extends object>(Part: FunctionComponent<Props>) {
  return class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Props) {
      const names = new Set([...Object.keys(next), ...Object.keys(this.props)]) as Set<keyof Props>;
      return [...names].some((name) => next[name] !== (this.props as Props)[name]);
    }

    override render() {
      return h(Part, this.props as Props);
    }
  };
}
