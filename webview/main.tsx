import './strict';
import { render } from 'preact';
import { App } from './App';
import { host } from './host';
import './style.css';
import { registerToolkit } from './ui/toolkit';

registerToolkit();
const root = document.getElementById('root');
if (root) render(<App host={host} />, root);
