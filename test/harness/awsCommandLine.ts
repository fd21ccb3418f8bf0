import { pythonTools } from './pythonTools';

/** AWS' own command line, installed once with pip beside the other tools. @returns its path */
export const awsCommandLine = async (): Promise<string> => (await pythonTools('aws', ['awscli==1.46.2']))('aws');
