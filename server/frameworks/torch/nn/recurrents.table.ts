/** Recurrent layers and their cells. */
import type { LayerRow, ParameterRow, Refusal } from './row.js';

const options =
  'num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None';

function cellParameters(gates: string): readonly ParameterRow[] {
  const rows = `${gates} * hidden_size`;
  return [
    {
      name: 'weight_ih',
      kind: 'weight',
      shape: `(${rows}, input_size)`,
      start: 'hidden_uniform',
      fans: 'input_size, hidden_size',
    },
    {
      name: 'weight_hh',
      kind: 'recurrent',
      shape: `(${rows}, hidden_size)`,
      start: 'hidden_uniform',
      fans: 'hidden_size, hidden_size',
    },
    { name: 'bias_ih', kind: 'bias', shape: `(${rows},)`, when: 'bias', start: 'hidden_uniform' },
    { name: 'bias_hh', kind: 'bias', shape: `(${rows},)`, when: 'bias', start: 'hidden_uniform' },
  ];
}

const refuses: readonly Refusal[] = [
  {
    when: 'dropout < 0 or dropout > 1',
    exception: 'ValueError',
    message: 'dropout should be a number in range [0, 1] representing the probability of an element being zeroed',
  },
  {
    when: 'proj_size < 0',
    exception: 'ValueError',
    message: 'proj_size should be a positive integer or zero to disable projections',
  },
  {
    when: 'proj_size >= hidden_size',
    exception: 'ValueError',
    message: 'proj_size has to be smaller than hidden_size',
  },
];

const nonlinearities: Refusal = {
  when: "nonlinearity not in ('tanh', 'relu')",
  exception: 'ValueError',
  message: "Unknown nonlinearity '{nonlinearity}'",
};

/** The parameters of the stacked layers depend on their number: see recurrent.ts. */
export const recurrents: readonly LayerRow[] = [
  {
    name: 'RNNBase',
    file: 'rnn',
    signature: `mode, input_size, hidden_size, ${options}`,
    role: 'recurrent',
    refuses,
    attributes: 'mode, input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size',
    stacked: true,
  },
  {
    name: 'RNN',
    file: 'rnn',
    base: 'RNNBase',
    signature:
      "input_size, hidden_size, num_layers=1, nonlinearity='tanh', bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None",
    role: 'recurrent',
    refuses: [nonlinearities, ...refuses],
    attributes:
      "mode='RNN_TANH' if nonlinearity == 'tanh' else 'RNN_RELU', nonlinearity, input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size",
    stacked: true,
    takes: 'input, hx=None',
  },
  {
    name: 'LSTM',
    file: 'rnn',
    base: 'RNNBase',
    signature: `input_size, hidden_size, ${options}`,
    role: 'recurrent',
    refuses,
    attributes:
      "mode='LSTM', input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size",
    stacked: true,
    takes: 'input, hx=None',
  },
  {
    name: 'GRU',
    file: 'rnn',
    base: 'RNNBase',
    signature: `input_size, hidden_size, ${options}`,
    role: 'recurrent',
    refuses,
    attributes: "mode='GRU', input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size",
    stacked: true,
    takes: 'input, hx=None',
  },
  {
    name: 'RNNCellBase',
    file: 'rnn',
    signature: 'input_size, hidden_size, bias, num_chunks, device=None, dtype=None',
    role: 'recurrent',
    attributes: 'input_size, hidden_size, bias',
    parameters: cellParameters('num_chunks'),
  },
  {
    name: 'RNNCell',
    file: 'rnn',
    base: 'RNNCellBase',
    signature: "input_size, hidden_size, bias=True, nonlinearity='tanh', device=None, dtype=None",
    role: 'recurrent',
    attributes: 'input_size, hidden_size, bias, nonlinearity',
    parameters: cellParameters('1'),
    takes: 'input, hx=None',
  },
  {
    name: 'LSTMCell',
    file: 'rnn',
    base: 'RNNCellBase',
    signature: 'input_size, hidden_size, bias=True, device=None, dtype=None',
    role: 'recurrent',
    attributes: 'input_size, hidden_size, bias',
    parameters: cellParameters('4'),
    takes: 'input, hx=None',
  },
  {
    name: 'GRUCell',
    file: 'rnn',
    base: 'RNNCellBase',
    signature: 'input_size, hidden_size, bias=True, device=None, dtype=None',
    role: 'recurrent',
    attributes: 'input_size, hidden_size, bias',
    parameters: cellParameters('3'),
    takes: 'input, hx=None',
  },
];
