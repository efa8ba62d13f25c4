/** The part of WebAssembly's interface that is used; Node's types leave it to those of browsers. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module);
    readonly exports: object;
  }
  function validate(bytes: Uint8Array): boolean;
}
