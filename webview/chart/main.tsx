import '../strict';
import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import { registerToolkit } from '../ui/toolkit';
import { ChartPage } from './ChartPage';
import './chart.css';
import { host } from './host';

registerToolkit();
const root = document.getElementById('root');
if (root) render(<ChartPage host={host} />, root);
