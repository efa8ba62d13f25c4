/** Recurrent layers and their cells. */
import type { LayerRow, ParameterRow } from './row.js';

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

/** The parameters of the stacked layers depend on their number: see recurrent.ts. */
export const recurrents: readonly LayerRow[] = [
  {
    name: 'RNNBase',
    file: 'rnn',
    signature: `mode, input_size, hidden_size, ${options}`,
    role: 'recurrent',
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
